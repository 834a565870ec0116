import type { Report } from "../../transforms/report/model.ts";
import { words } from "../text.ts";

/** A file of the report as its mail lists it; the size in bytes. */
export interface AttachedFile {
  name: string;
  size: number;
  /** Opens with a password only. */
  sealed?: boolean;
}

/** That files are protected and who tells the password: a person, by another way than this mail. */
export function passwordWords({ ae, agency_name, locale }: Report): string {
  const who = ae ? `${ae.name} <${ae.address}>` : agency_name;
  return words(locale).passwordFrom.replace("{who}", who);
}
