import { z } from "zod";
import { table, WRITTEN } from "./table.ts";

/** The config reference: one table a file, one line a key, nested keys under their full path. */
export function configReference(schemas: Readonly<Record<string, z.ZodType>>): string {
  const pages = Object.entries(schemas).map(([name, schema]) => {
    const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
    return [
      `## ${places[name] ?? name}`,
      shape.description ?? "",
      table(["Key", "Value", "Needed", "What it is"], linesOf(shape, "")),
    ]
      .filter(Boolean)
      .join("\n\n");
  });
  return `${[WRITTEN, "# Config reference", INTRODUCTION, ...pages].join("\n\n")}\n`;
}

const INTRODUCTION = [
  "Everything is YAML in UTF-8, at most 256 kB a file, without anchors, aliases or tags. Unknown keys are refused.",
  "Account numbers and times are texts and stand in quotes. `bogo check` names every problem with its line.",
  "`<name>` stands for a key that you choose, `[]` for each entry of a list.",
].join("\n");

const places: Readonly<Record<string, string>> = {
  agency: "agency.yaml",
  client: "clients/<client>/client.yaml",
  theme: "clients/<client>/theme.yaml",
  "agency-theme": "theme.yaml",
  channels: "channels.yaml",
  kpis: "kpis.yaml",
  rates: "rates.yaml",
  format: "formats/<platform>.yaml",
};

/** As much of JSON Schema as the reference shows. */
interface Shape {
  type?: string;
  description?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: Shape | boolean;
  propertyNames?: Shape;
  items?: Shape | boolean;
  prefixItems?: Shape[];
  anyOf?: Shape[];
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
}

function linesOf(shape: Shape, path: string): string[][] {
  return alternatives(shape).flatMap((each) => {
    const required = new Set(each.required);
    const named = Object.entries(each.properties ?? {}).flatMap(([key, inner]) =>
      lines(inner, path ? `${path}.${key}` : key, required.has(key)),
    );
    const any = typeof each.additionalProperties === "object" ? each.additionalProperties : null;
    const keys = any ? lines(any, `${path ? `${path}.` : ""}<name>`, false, each.propertyNames) : [];
    const items = typeof each.items === "object" ? linesOf(each.items, `${path}[]`) : [];
    return [...named, ...keys, ...items];
  });
}

function lines(shape: Shape, path: string, needed: boolean, names?: Shape): string[][] {
  // `{ ko, en }` explains itself; its two lines under every label would drown the rest.
  const languages = alternatives(shape).some(
    ({ properties }) => properties && Object.keys(properties).join() === "ko,en",
  );
  const keys = names?.enum ? ` Names: ${names.enum.map((name) => `\`${name}\``).join(", ")}.` : "";
  const own = [`\`${path}\``, kindOf(shape), needed ? "yes" : "", `${shape.description ?? ""}${keys}`];
  return [own, ...(languages ? [] : linesOf(shape, path))];
}

function kindOf(shape: Shape): string {
  const kinds = alternatives(shape).map((each) => {
    if (each.enum) return each.enum.map((value) => `\`${value}\``).join(", ");
    if (each.const !== undefined) return `\`${each.const}\``;
    if (each.type === "array")
      return typeof each.items === "object"
        ? `list of ${kindOf(each.items)}`
        : `list of ${(each.prefixItems ?? []).length}`;
    if (each.type === "object")
      return each.properties && Object.keys(each.properties).join() === "ko,en" ? "`{ ko, en }`" : "keys";
    if (each.type === "integer" && each.minimum !== undefined && each.maximum !== undefined && each.maximum < 1e6)
      return `${each.minimum}–${each.maximum}`;
    return (
      { string: "text", integer: "whole number", number: "number", boolean: "true or false" }[each.type ?? ""] ?? "text"
    );
  });
  return [...new Set(kinds)].join(" or ");
}

const alternatives = (shape: Shape): Shape[] => (shape.anyOf ? shape.anyOf.flatMap(alternatives) : [shape]);
