/**
 * A finished workbook that opens with a password only (agile encryption, AES-256, as Excel itself writes it). Salts are
 * drawn anew each time: the same workbook gives other bytes. Takes about a second, which is what keeps guessing slow.
 */
export async function sealWorkbook(bytes: Uint8Array, password: string): Promise<Buffer> {
  const { default: office } = await import("officecrypto-tool");
  return office.encrypt(Buffer.from(bytes), { password });
}
