/** The part of `ssh2` (1.17) that the gateway uses; the package brings no declarations. */
declare module 'ssh2' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  export interface Attributes {
    mode?: number;
    uid?: number;
    gid?: number;
    size?: number;
    /** Seconds. */
    atime?: number;
    mtime?: number;
    permissions?: number;
  }

  export interface Named {
    filename: string;
    longname: string;
    attrs: Attributes;
  }

  /** The server's side of an SFTP channel; emits `OPEN`, `READ` and so on, each with the request's id first. */
  export interface SftpChannel extends EventEmitter {
    readonly outgoing: { readonly window: number; readonly state: string };
    status(request: number, code: number, message?: string): void;
    handle(request: number, handle: Buffer): void;
    data(request: number, data: Buffer): void;
    name(request: number, names: readonly Named[]): void;
    attrs(request: number, attrs: Attributes): void;
    end(): void;
  }

  export interface SignIn {
    readonly method: string;
    readonly username: string;
    /** With the method `password` only. */
    readonly password?: string;
    accept(): void;
    reject(methods?: readonly string[]): void;
  }

  export interface Session extends EventEmitter {
    on(event: 'sftp', listener: (accept: () => SftpChannel | undefined, reject?: () => void) => void): this;
  }

  export interface Client extends EventEmitter {
    on(event: 'authentication', listener: (signIn: SignIn) => void): this;
    on(event: 'session', listener: (accept: () => Session | undefined, reject: () => void) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'close' | 'ready', listener: () => void): this;
    end(): void;
  }

  export interface ServerOptions {
    hostKeys: readonly string[];
    ident?: string;
    algorithms?: Readonly<
      Record<'kex' | 'cipher' | 'hmac' | 'compress' | 'serverHostKey', readonly string[]>
    >;
  }

  export class Server extends EventEmitter {
    constructor(options: ServerOptions);
    on(event: 'connection', listener: (client: Client, from: { ip: string; port: number }) => void): this;
    /** A connection that somebody else listened for. */
    injectSocket(socket: Socket): void;
  }

  export interface ParsedKey {
    readonly type: string;
    /** As it goes over the wire. */
    getPublicSSH(): Buffer;
    isPrivateKey(): boolean;
  }

  const ssh2: {
    Server: typeof Server;
    utils: {
      parseKey(text: string): ParsedKey | Error;
      sftp: {
        STATUS_CODE: Readonly<
          Record<'OK' | 'EOF' | 'NO_SUCH_FILE' | 'PERMISSION_DENIED' | 'FAILURE', number>
        >;
        OPEN_MODE: Readonly<Record<'READ' | 'WRITE' | 'APPEND' | 'CREAT' | 'TRUNC' | 'EXCL', number>>;
      };
    };
  };
  export default ssh2;
}
