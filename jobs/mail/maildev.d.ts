// The part of maildev 2 that the inbox uses; the package brings no types of its own.
declare module "maildev" {
  interface Options {
    smtp: number;
    web: number;
    ip: string;
    mailDirectory: string;
    silent: boolean;
  }
  interface Inbox {
    listen(): Promise<void>;
    close(done: () => void): void;
  }
  const maildev: new (options: Options) => Inbox;
  // biome-ignore lint/style/noDefaultExport: the shape is the package's.
  export default maildev;
}
