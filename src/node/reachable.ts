import { networkInterfaces } from 'node:os';

/** Where this node serves: its console's port, and the addresses that the computers one level down are told. */
export interface Served {
  readonly port: number;
  readonly addresses: readonly string[];
}

/** `address:port` at which others reach a server; listening everywhere means: on each address of this computer. */
export function reachableAddresses(host: string, port: number): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [`${host}:${port}`];
  const own = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => one.family === 'IPv4' && !one.internal)
    .map((one) => one.address);
  return [...own, '127.0.0.1'].map((address) => `${address}:${port}`);
}
