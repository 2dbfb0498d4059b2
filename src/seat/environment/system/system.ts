/** What only the operating system knows, asked in the way of each. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Computer } from '../../identity/same-computer.ts';

export interface ThisSystem {
  /** As its users call it, with its version. */
  name(): Promise<string>;
  /** Signs of a virtual machine, a container or work from a distance. */
  signs(): Promise<string[]>;
  /** @returns those of the names that are installed. */
  installed(names: readonly string[]): Promise<string[]>;
  /** What tells this computer from others, also when its disk is a copy. */
  computer(): Promise<Computer>;
}

const patienceMs = 20_000;

/** What a program says; nothing of it comes from outside. */
export async function said(program: string, parameters: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, parameters, {
    timeout: patienceMs,
    windowsHide: true,
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

const virtualMakers =
  /vmware|virtualbox|innotek|qemu|kvm|xen|hyper-v|virtual machine|parallels|bochs|bhyve|amazon ec2|google compute|openstack|firecracker/i;

/** @param maker what the computer says who made it and what it is. */
export function virtualMaker(...maker: readonly string[]): string[] {
  return maker.filter((one) => virtualMakers.test(one)).map((one) => one.trim().slice(0, 100));
}

/** The seat's program was started from another computer. */
export function shellFromAway(env: NodeJS.ProcessEnv): string[] {
  return env['SSH_CONNECTION'] === undefined ? [] : ['SSH'];
}
