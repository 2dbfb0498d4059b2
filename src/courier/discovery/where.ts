/** Where rooms are looked for: in the networks of this computer, at one address, or nowhere. */
import { networkInterfaces } from 'node:os';
import * as z from 'zod';
import { splitAddress } from '../https/client.ts';

/** UDP. */
export const discoveryPort = 7439;

/** `lan`, `off`, or `address:port`: a room listens there alone, a seat asks there alone. */
export const discoverySchema = z
  .string()
  .max(100)
  .refine((text) => text === 'lan' || text === 'off' || /^[\w.-]+:\d{1,5}$/.test(text), {
    message: 'lan, off, or an address with its port',
  })
  .default('lan');

export interface Spot {
  readonly host: string;
  readonly port: number;
}

/** @returns null: it is switched off. */
export function listensAt(discovery: string): Spot | null {
  if (discovery === 'off') return null;
  return discovery === 'lan' ? { host: '0.0.0.0', port: discoveryPort } : splitAddress(discovery);
}

/** A broadcast address for each network of this computer, and the computer itself. */
export function asksAt(discovery: string, interfaces = networkInterfaces()): Spot[] {
  if (discovery === 'off') return [];
  if (discovery !== 'lan') return [splitAddress(discovery)];
  const networks = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter((one) => one.family === 'IPv4' && !one.internal)
    .map(({ address, netmask }) => broadcastOf(address, netmask));
  return [...new Set([...networks, '127.0.0.1'])].map((host) => ({ host, port: discoveryPort }));
}

/** The address whose host part is all ones (RFC 919). */
export function broadcastOf(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  return address
    .split('.')
    .map((part, i) => Number(part) | (~(mask[i] ?? 255) & 255))
    .join('.');
}
