import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** A file's bytes and their SHA-256 in hex. Each part is hashed while the next is read. */
export async function readHashed(path: string): Promise<{ bytes: Buffer; sha256: string }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.allocUnsafe(size);
    const hash = createHash("sha256");
    const part = (at: number) => file.read(bytes, at, Math.min(partBytes, size - at), at);
    let end = 0;
    let next = part(end);
    for (;;) {
      const { bytesRead } = await next;
      if (bytesRead === 0) break;
      const start = end;
      end += bytesRead;
      next = part(end);
      hash.update(bytes.subarray(start, end));
    }
    return { bytes: bytes.subarray(0, end), sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}

const partBytes = 8 * 2 ** 20;
