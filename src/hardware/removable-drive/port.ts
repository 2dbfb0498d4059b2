/** Drives that can be taken out and carried away, and writing to a folder that may be on one. What goes wrong is an error with the system's `code`. */
export interface Drive {
  /** Where its files are. */
  readonly path: string;
  readonly name: string;
  readonly freeBytes: number;
}

export interface DriveFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when the drive has it, not only the computer. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface Drives {
  /** Those that are plugged in now. */
  list(): Promise<Drive[]>;
  freeBytes(folder: string): Promise<number>;
  makeFolder(folder: string): Promise<void>;
  /** A file that is there already is written anew. */
  create(file: string): Promise<DriveFile>;
  read(file: string): AsyncIterable<Uint8Array>;
  /** A file that is there already is replaced. */
  rename(from: string, to: string): Promise<void>;
}
