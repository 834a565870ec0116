import type { Report } from "../../transforms/report/model.ts";
import type { Logo } from "../../transforms/theme.ts";
import type { Theme } from "../theme.ts";

/** A logo as an inline picture; sizes are CSS pixels. */
export interface MailLogo {
  whose: "agency" | "client";
  cid: string;
  png: Uint8Array;
  width: number;
  height: number;
  alt: string;
}

/** The agency's logo and the client's, as far as there are any: mail programs draw no SVG. */
export async function mailLogos({ agency_name, client_name }: Report, { logos }: Theme): Promise<MailLogo[]> {
  const given = [
    { whose: "agency", logo: logos.agency, alt: agency_name },
    { whose: "client", logo: logos.client, alt: client_name },
  ] as const;
  const drawn = given.map(async ({ whose, logo, alt }): Promise<MailLogo | null> => {
    if (!logo) return null;
    const height = Math.min(box.height, (box.width * logo.height) / logo.width);
    const size = { width: Math.round((height * logo.width) / logo.height), height: Math.round(height) };
    return { whose, cid: `logo-${whose}`, ...size, alt, png: await pictureOf(logo, size.width) };
  });
  return (await Promise.all(drawn)).filter((logo) => logo !== null);
}

const box = { width: 150, height: 28 };

/** Three pixels a CSS pixel, for the sharpest phones. */
async function pictureOf({ type, bytes }: Logo, width: number): Promise<Uint8Array> {
  if (type === "png") return bytes;
  const { Resvg } = await import("@resvg/resvg-js");
  const options = { font: { loadSystemFonts: false }, fitTo: { mode: "width", value: width * 3 } } as const;
  return new Resvg(Buffer.from(bytes), options).render().asPng();
}
