import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A Python that has this module: the first on the path, or the system's own, for which distributions package it. */
export async function pythonWith(module: "xlsxwriter" | "pandas"): Promise<string | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    const has = await promisify(execFile)(python, ["-c", `import ${module}`]).then(
      () => true,
      () => false,
    );
    if (has) return python;
  }
  return null;
}
