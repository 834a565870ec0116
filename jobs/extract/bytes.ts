import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";

/** A file's bytes and their SHA-256 in hex. */
export async function readHashed(path: string): Promise<{ bytes: Buffer; sha256: string }> {
  const bytes = await readFile(path);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/**
 * A file's bytes in parts that end where a line does, as long as a line is shorter than a part. The next part is read
 * while one is looked at; a part lasts until the next is asked for.
 */
export async function* partsOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    let now = Buffer.allocUnsafe(partBytes);
    let next = Buffer.allocUnsafe(partBytes);
    let kept = 0;
    let reading = file.read(now, 0, partBytes);
    for (;;) {
      const { bytesRead } = await reading;
      const end = kept + bytesRead;
      if (bytesRead === 0) {
        if (end > 0) yield now.subarray(0, end);
        return;
      }
      const cut = now.lastIndexOf(10, end - 1) + 1 || end;
      kept = now.copy(next, 0, cut, end);
      reading = file.read(next, kept, partBytes - kept);
      yield now.subarray(0, cut);
      [now, next] = [next, now];
    }
  } finally {
    await file.close();
  }
}

const partBytes = 4 * 2 ** 20;
