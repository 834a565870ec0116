import type { Client } from "../../config/config.ts";
import { readYaml } from "../../config/root.ts";
import { GRAPHIC } from "../../transforms/colour.ts";
import { type Problem, problem } from "../../transforms/problem.ts";
import { grounds } from "../../transforms/theme.ts";

/** Logos that can hardly be seen on paper, most often those made for dark backgrounds. */
export async function judgeLogos({ slug, reports }: Client, root: string): Promise<Problem[]> {
  const logos = reports[0]?.theme.logos;
  if (!logos?.agency && !logos?.client) return [];
  const { logoContrast } = await import("../../templates/logo.ts");
  const file = `clients/${slug}/theme.yaml`;
  const own = readYaml(root, file, slug);
  const named = (own.value ?? {}) as { logo?: string; agency?: { logo?: string } };
  const places = [
    { logo: logos.client, name: named.logo, place: own.place(["logo"]) },
    named.agency?.logo
      ? { logo: logos.agency, name: named.agency.logo, place: own.place(["agency", "logo"]) }
      : { logo: logos.agency, name: "agency.logo", place: { client: slug, file: "theme.yaml" } },
  ];
  return places.flatMap(({ logo, name, place }) => {
    const ratio = logo ? logoContrast(logo, grounds.paper) : GRAPHIC;
    if (ratio >= GRAPHIC) return [];
    const facts = { found: name ?? file, ground: grounds.paper, ratio: ratio.toFixed(1), least: GRAPHIC };
    return [problem("THEME_LOGO_FAINT", facts, place)];
  });
}
