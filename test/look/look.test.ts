import { beforeAll, describe, expect, it } from "vitest";
import { cases } from "./cases.ts";
import { drawAll, lacks, type Picture } from "./draw.ts";
import { allowed, differs } from "./golden.ts";

describe.skipIf(lacks !== null)(`the look of the reports${lacks === null ? "" : ` (left out: ${lacks})`}`, () => {
  let pictures: Picture[] = [];
  beforeAll(async () => {
    pictures = await drawAll();
  });

  it.each(cases)(
    "is as it was in $name: every page of the PDF, the mail at 390 and 800 px, light and dark",
    ({ name }) => {
      const own = pictures.filter((picture) => picture.name.startsWith(`${name}.`));
      expect(own.length).toBeGreaterThan(4);
      const changed = own
        .map((picture) => ({ name: picture.name, share: differs(picture) }))
        .filter(({ share }) => share > allowed);
      // `out/look` holds what they look like now; `npm run look` keeps it.
      expect(changed).toEqual([]);
    },
  );
});
