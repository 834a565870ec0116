/** The named parameters of a statement, in small letters, each once. What stands in texts and comments is none. */
export function parametersIn(sql: string): string[] {
  const plain = sql.replace(/'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`[^`]*`/g, "''");
  const bare = plain.replace(/\/\*[\s\S]*?\*\/|(?:--|#).*/g, " ");
  return [...new Set([...bare.matchAll(/(?<!@)@([A-Za-z_]\w*)/g)].map(([, name = ""]) => name.toLowerCase()))];
}
