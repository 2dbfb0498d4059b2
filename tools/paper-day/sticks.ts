/** Sticks of the day: folders that are carried from one computer to another, and are in one of them at a time. */
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

export class Stick {
  readonly #name: string;
  readonly #pocket: string;
  #path: string;

  /** @param pocket where it is while it is in no computer */
  constructor(name: string, pocket: string) {
    this.#name = name;
    this.#pocket = pocket;
    this.#path = join(pocket, name);
    mkdirSync(this.#path, { recursive: true });
  }

  /** Where its files are now. */
  get path(): string {
    return this.#path;
  }

  /** @param sockets of the computer: the folder that it was started with as `--sticks` */
  async in<T>(sockets: string, act: (drive: string) => Promise<T>): Promise<T> {
    this.#move(sockets);
    try {
      return await act(this.#path);
    } finally {
      this.#move(this.#pocket);
    }
  }

  #move(to: string): void {
    mkdirSync(to, { recursive: true });
    const path = join(to, this.#name);
    renameSync(this.#path, path);
    this.#path = path;
  }
}
