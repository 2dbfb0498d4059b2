/**
 * Looks for printers and scanners in this computer's networks, for as long as somebody looks at the list. It asks by multicast from a port of its own
 * and is answered directly (RFC 6762, 6.7): nothing here announces itself, and no other program that does is in its way.
 */
import { createSocket, type Socket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { dnsQuestion, readAnswer, recordTypes } from './dns-message.ts';
import { Services, serviceTypes, type FoundService, type ServiceType } from './services.ts';

/** Devices that sleep answer late; most do within a second. */
const patienceMs = 3_000;
/** A datagram gets lost, or wakes the device that hears only the next one. */
const askAgainMs = [0, 700, 1_800];
/** Of one search: whoever floods it is heard no further. */
const mostAnswers = 2_000;

/** Where is asked. */
export interface Neighbourhood {
  /** Of this computer; from there is asked. */
  readonly own: string;
  /** null: only this computer itself. */
  readonly netmask: string | null;
  readonly to: { readonly host: string; readonly port: number };
}

const multicast = { host: '224.0.0.251', port: 5_353 } as const;

/** Every network in which this computer has an address. */
export function neighbourhoods(): Neighbourhood[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.flatMap(({ family, internal, address, netmask }) =>
      family === 'IPv4' && !internal ? [{ own: address, netmask, to: multicast }] : [],
    ),
  );
}

/** What cannot be asked, for want of a network or by a firewall, is not there: an address can be typed all the same. */
export async function searchServices(
  types: readonly ServiceType[],
  where: readonly Neighbourhood[] = neighbourhoods(),
  waitMs = patienceMs,
): Promise<readonly FoundService[]> {
  const services = new Services(types);
  await Promise.all(where.map((one) => ask(one, types, services, waitMs)));
  return services.found();
}

async function ask(
  { own, netmask, to }: Neighbourhood,
  types: readonly ServiceType[],
  services: Services,
  waitMs: number,
): Promise<void> {
  const socket = createSocket('udp4');
  const id = randomInt(1, 65_536);
  const near = (address: string): boolean => isNear(address, own, netmask);
  let answers = 0;
  const ended = Promise.withResolvers<void>();
  // A network that went away meanwhile.
  socket.on('error', () => ended.resolve());
  socket.on('message', (said, from) => {
    if (++answers > mostAnswers) return ended.resolve();
    // RFC 6762, 11: what comes from elsewhere is nobody's here.
    if (!near(from.address)) return;
    const records = readAnswer(said, id);
    if (records) services.take(records, from.address, near);
  });
  const say = (): void => {
    const names = types.map((type) => ({ name: serviceTypes[type], type: recordTypes.ptr }));
    for (const questions of [names, services.open().slice(0, 20)])
      if (questions.length > 0) socket.send(dnsQuestion(id, questions), to.port, to.host, () => undefined);
  };
  const timers: NodeJS.Timeout[] = [];
  try {
    await bound(socket, own);
    for (const ms of askAgainMs) timers.push(setTimeout(say, ms));
    timers.push(setTimeout(ended.resolve, waitMs));
    await ended.promise;
  } catch {
    // This address is gone: nothing is asked from it.
  } finally {
    timers.forEach(clearTimeout);
    socket.close();
  }
}

function bound(socket: Socket, own: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, own, () => {
      socket.off('error', reject);
      // Not beyond this network; receivers look at it (RFC 6762, 11).
      socket.setMulticastTTL(255);
      socket.setMulticastInterface(own);
      resolve();
    });
  });
}

/** In the same network as this computer. */
function isNear(address: string, own: string, netmask: string | null): boolean {
  if (netmask === null) return address === own;
  const mask = bits(netmask);
  return (bits(address) & mask) === (bits(own) & mask);
}

const bits = (address: string): number =>
  address.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0);
