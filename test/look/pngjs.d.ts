/** As much of pngjs as is used: it brings no types of its own. */
declare module "pngjs" {
  export class PNG {
    width: number;
    height: number;
    data: Buffer;
    constructor(options: { width: number; height: number });
    static sync: { read(bytes: Uint8Array): PNG; write(png: PNG): Buffer };
  }
}
