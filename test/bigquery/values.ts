/** A column or parameter as BigQuery's API describes it. */
export interface Field {
  name: string;
  type: string;
  mode?: string;
  fields?: readonly Field[];
}

/** A cell as it goes over BigQuery's API, without the `{v: …}` around it: text, a record's cells, an array's elements. */
export type Cell = string | null | readonly Cell[];

// biome-ignore lint/suspicious/noExplicitAny: Google's protocol buffers, typed nowhere in full
type Message = any;

/** The type as the SQL engine knows it. */
export function typeOf(field: Field): Message {
  if (field.mode === "REPEATED")
    return { typeKind: "TYPE_ARRAY", arrayType: { elementType: typeOf({ ...field, mode: "NULLABLE" }) } };
  const kind = kinds[field.type] ?? field.type;
  if (kind === "RECORD") {
    const fields = field.fields ?? [];
    return {
      typeKind: "TYPE_STRUCT",
      structType: { field: fields.map((each) => ({ fieldName: each.name, fieldType: typeOf(each) })) },
    };
  }
  return { typeKind: `TYPE_${kind}` };
}

/** The same, back from the engine. */
export function fieldOf(name: string, type: Message): Field {
  const number = Number(type.typeKind);
  if (number === 16) return { ...fieldOf(name, type.arrayType.elementType), mode: "REPEATED" };
  if (number === 17) {
    const fields = type.structType.field.map((each: Message) => fieldOf(each.fieldName, each.fieldType));
    return { name, type: "RECORD", mode: "NULLABLE", fields };
  }
  return { name, type: numbered[number] ?? `TYPE_${number}`, mode: "NULLABLE" };
}

/** What BigQuery calls a type in schemas and in parameters, as the engine calls it. */
const kinds: Readonly<Record<string, string>> = {
  INTEGER: "INT64",
  FLOAT: "DOUBLE",
  FLOAT64: "DOUBLE",
  BOOLEAN: "BOOL",
  STRUCT: "RECORD",
};

const numbered: Readonly<Record<number, string>> = {
  2: "INTEGER",
  5: "BOOLEAN",
  7: "FLOAT",
  8: "STRING",
  9: "BYTES",
  10: "DATE",
  19: "TIMESTAMP",
  23: "NUMERIC",
  24: "BIGNUMERIC",
  26: "JSON",
};

export function encode(field: Field, cell: Cell): Message {
  if (field.mode === "REPEATED") {
    const element = { ...field, mode: "NULLABLE" };
    return { arrayValue: { element: ((cell ?? []) as readonly Cell[]).map((each) => encode(element, each)) } };
  }
  if (cell === null) return {};
  const kind = kinds[field.type] ?? field.type;
  if (kind === "RECORD") {
    const fields = field.fields ?? [];
    const cells = cell as readonly Cell[];
    return { structValue: { field: fields.map((each, index) => encode(each, cells[index] ?? null)) } };
  }
  const text = cell as string;
  if (kind === "STRING") return { stringValue: text };
  if (kind === "INT64") return { int64Value: longOf(text) };
  if (kind === "DATE") return { dateValue: Math.round(Date.parse(`${text}T00:00:00Z`) / 86_400_000) };
  if (kind === "BOOL") return { boolValue: text === "true" };
  if (kind === "DOUBLE") return { doubleValue: Number(text) };
  if (kind === "NUMERIC") return { numericValue: scaledBytes(text, 9) };
  if (kind === "BIGNUMERIC") return { bignumericValue: scaledBytes(text, 38) };
  if (kind === "TIMESTAMP") {
    const micros = BigInt(text);
    return {
      timestampValue: { seconds: longOf(String(micros / 1_000_000n)), nanos: Number(micros % 1_000_000n) * 1000 },
    };
  }
  throw new Error(`no way to hand a ${kind} to the SQL engine`);
}

export function decode(field: Field, value: Message): Cell {
  if (!value) return null;
  if (field.mode === "REPEATED") {
    const element = { ...field, mode: "NULLABLE" };
    return (value.arrayValue?.element ?? []).map((each: Message) => decode(element, each));
  }
  if (value.structValue) return (field.fields ?? []).map((each, index) => decode(each, value.structValue.field[index]));
  if (value.stringValue !== undefined && value.stringValue !== null) return value.stringValue;
  if (value.int64Value) return textOf(value.int64Value);
  if (value.dateValue !== undefined && value.dateValue !== null)
    return new Date(value.dateValue * 86_400_000).toISOString().slice(0, 10);
  if (value.boolValue !== undefined && value.boolValue !== null) return String(value.boolValue);
  if (value.doubleValue !== undefined && value.doubleValue !== null) return String(value.doubleValue);
  if (value.numericValue) return decimalOf(value.numericValue, 9);
  if (value.bignumericValue) return decimalOf(value.bignumericValue, 38);
  if (value.jsonValue) return value.jsonValue;
  return null;
}

function longOf(text: string): { low: number; high: number; unsigned: boolean } {
  const bits = BigInt.asUintN(64, BigInt(text));
  return { low: Number(bits & 0xffff_ffffn) | 0, high: Number(bits >> 32n) | 0, unsigned: false };
}

function textOf({ low, high }: { low: number; high: number }): string {
  return String(BigInt.asIntN(64, (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)));
}

/** A decimal as the engine keeps it: a whole number of its last place, little end first, in two's complement. */
function scaledBytes(text: string, scale: number): Buffer {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (fraction.replace(/0+$/, "").length > scale) throw new Error(`${text} has more than ${scale} places`);
  const digits = BigInt(`${whole}${fraction.padEnd(scale, "0").slice(0, scale)}`) * (sign ? -1n : 1n);
  const size = Math.ceil((digits.toString(2).length + 2) / 8);
  let bits = BigInt.asUintN(size * 8, digits);
  const bytes = Buffer.alloc(size);
  for (let index = 0; index < size; index++, bits >>= 8n) bytes[index] = Number(bits & 0xffn);
  return bytes;
}

function decimalOf(bytes: Uint8Array, scale: number): string {
  let bits = 0n;
  for (const byte of [...bytes].reverse()) bits = (bits << 8n) | BigInt(byte);
  const digits = BigInt.asIntN(bytes.length * 8, bits);
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const fraction = text.slice(-scale).replace(/0+$/, "");
  return `${digits < 0n ? "-" : ""}${text.slice(0, -scale)}${fraction ? `.${fraction}` : ""}`;
}
