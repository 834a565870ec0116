import { z } from "zod";
import { changeColourings, pageFormats } from "../../transforms/theme.ts";
import { tones } from "../../transforms/tone.ts";
import { Label } from "./words.ts";

const Colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, "colour")
  .describe('A colour in quotes: `"#1d4f91"`.');

const picture = z
  .string()
  .regex(/^(?!.*\.\.)[^/\\\p{Cc}][^\\\p{Cc}]*\.(svg|png)$/u, "picture")
  .describe("An SVG or PNG file beside this one: `logo.svg`.");

const font = z
  .string()
  .regex(/^(?!.*\.\.)[^/\\\p{Cc}][^\\\p{Cc}]*\.ttf$/u, "font")
  .describe("A TrueType file beside this one: `fonts/Brand-Regular.ttf`.");

const fontName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u, "font_name")
  .describe("The name of a font.");

export const PageFormat = z
  .enum(pageFormats)
  .describe("The PDF's pages: `a4`, upright, or `16:9`, as slides (default: a4).");

export const ChangeColours = z
  .enum(changeColourings)
  .describe("Colours of changes: red up (kr), green up (western), or by good and bad (default).");

export const CoverEntry = z
  .union([
    z.boolean(),
    z.strictObject({
      title: Label.optional().describe("Its title (default: the report's)."),
      subtitle: Label.optional().describe("The line below it (default: the period)."),
      prepared_for: Label.optional().describe("For whom it is made (default: the client's name)."),
      note: Label.optional().describe("A line at its foot, such as `대외비`."),
    }),
  ])
  .describe("A first page of its own in the PDF: `true`, or its texts (default: none).");

/** theme.yaml: how reports look. One beside agency.yaml holds for every client; a client's own is laid over it. */
export const ThemeFile = z
  .strictObject({
    agency: z
      .strictObject({
        name: Label.optional().describe("The agency's name on reports (default: that of agency.yaml)."),
        logo: picture.optional().describe("The agency's logo, an SVG or PNG beside this file."),
      })
      .optional()
      .describe("How the agency appears."),
    logo: picture.optional().describe("The client's logo, an SVG or PNG beside this file: `logo.svg`."),
    colours: z
      .strictObject({
        accent: Colour.optional().describe("The leading colour of headings, lines and bars."),
        second: Colour.optional().describe("The colour beside it."),
        series: z
          .array(Colour)
          .min(2)
          .max(12)
          .optional()
          .describe("The colours of a chart's series, in order (default: the two above and ones that stay apart)."),
      })
      .optional()
      .describe("Brand colours. `bogo check` says which cannot be read or told apart, and names the nearest that can."),
    fonts: z
      .strictObject({
        files: z
          .strictObject({
            regular: font.describe("The face of texts, a TTF file beside this one."),
            semibold: font.optional().describe("The face of small headings (default: bold, else regular)."),
            bold: font.optional().describe("The face of headings and figures (default: semibold, else regular)."),
          })
          .optional()
          .describe("Font files for the PDF and pictures of charts. What they lack is drawn in Pretendard (default)."),
        mail: z
          .array(fontName)
          .min(1)
          .max(6)
          .optional()
          .describe("Fonts that a mail asks its reader's device for, before those every device has."),
      })
      .optional()
      .describe("Fonts."),
    page: PageFormat.optional(),
    cover: CoverEntry.optional(),
    footer: Label.optional().describe("A line at the foot of every page and mail, such as an address."),
    change_colours: ChangeColours.optional(),
    tone: z
      .enum(tones)
      .optional()
      .describe(
        "How Korean reports speak: `formal`, in sentences (줄었습니다, the default), or `plain`, in notes (줄었음).",
      ),
  })
  .describe("How reports look: logos, colours, fonts, pages.");

export type ThemeFile = z.infer<typeof ThemeFile>;

/** The one beside agency.yaml. A logo of a client has no place in it: it would stand on every other client's reports. */
export const AgencyThemeFile = ThemeFile.omit({ logo: true }).describe(
  "How reports of every client look, unless its own theme.yaml says otherwise.",
);
