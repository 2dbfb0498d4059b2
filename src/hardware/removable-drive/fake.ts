/** Sticks in memory that are plugged in, pulled out, full or broken on demand: for tests of whatever writes to drives. */
import type { Drive, DriveFile, Drives } from './port.ts';

class SystemError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

interface Stick {
  readonly name: string;
  readonly size: number;
  readonly files: Map<string, Uint8Array>;
}

export class FakeDrives implements Drives {
  readonly #plugged = new Map<string, Stick>();
  #pullAt: number | null = null;
  #spoil = false;
  /** Called after every piece that was written. */
  onWrite: () => void = () => undefined;

  /** @param files what a stick had on it when it was pulled out, to plug the same one in again. */
  plugIn(path: string, size: number, files = new Map<string, Uint8Array>()): Map<string, Uint8Array> {
    this.#plugged.set(path, { name: path.slice(path.lastIndexOf('/') + 1), size, files });
    return files;
  }

  pullOut(path: string): void {
    this.#plugged.delete(path);
  }

  /** The stick is pulled out when it has got this many bytes of the next file. */
  pullOutAfter(bytes: number): void {
    this.#pullAt = bytes;
  }

  /** The next file does not read back as it was written: a forged or worn stick. */
  spoilNext(): void {
    this.#spoil = true;
  }

  async list(): Promise<Drive[]> {
    return [...this.#plugged].map(([path, stick]) => ({ path, name: stick.name, freeBytes: free(stick) }));
  }

  async freeBytes(folder: string): Promise<number> {
    return free(this.#stick(folder).stick);
  }

  async makeFolder(folder: string): Promise<void> {
    this.#stick(folder);
  }

  async create(file: string): Promise<DriveFile> {
    const { path, stick } = this.#stick(file);
    stick.files.set(file, new Uint8Array());
    const here = (): void => {
      if (this.#plugged.get(path) !== stick) throw new SystemError('EIO');
    };
    return {
      write: async (bytes) => {
        here();
        const before = stick.files.get(file) ?? new Uint8Array();
        const room = Math.min(bytes.length, free(stick), (this.#pullAt ?? Infinity) - before.length);
        const now = new Uint8Array(before.length + room);
        now.set(before);
        now.set(bytes.subarray(0, room), before.length);
        if (this.#spoil && now.length > 0) {
          now[now.length - 1] = (now.at(-1) ?? 0) ^ 1;
          this.#spoil = false;
        }
        stick.files.set(file, now);
        if (this.#pullAt !== null && now.length >= this.#pullAt) {
          this.#pullAt = null;
          this.pullOut(path);
        }
        here();
        if (room < bytes.length) throw new SystemError('ENOSPC');
        this.onWrite();
      },
      sync: async () => here(),
      close: async () => undefined,
    };
  }

  async *read(file: string): AsyncIterable<Uint8Array> {
    const content = this.#stick(file).stick.files.get(file);
    if (!content) throw new SystemError('ENOENT');
    yield content;
  }

  async rename(from: string, to: string): Promise<void> {
    const { files } = this.#stick(from).stick;
    const content = files.get(from);
    if (!content) throw new SystemError('ENOENT');
    files.delete(from);
    files.set(to, content);
  }

  #stick(inside: string): { path: string; stick: Stick } {
    for (const [path, stick] of this.#plugged)
      if (inside === path || inside.startsWith(`${path}/`)) return { path, stick };
    throw new SystemError('ENOENT');
  }
}

function free({ size, files }: Stick): number {
  return size - [...files.values()].reduce((sum, one) => sum + one.length, 0);
}
