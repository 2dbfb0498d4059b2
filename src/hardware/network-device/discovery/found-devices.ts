/** Services as printers and scanners: the address that would have been typed, and what the device says of itself. */
import type { FoundPrinter } from '../../printer/port.ts';
import type { FoundScanner } from '../../scanner/port.ts';
import type { FoundService } from './services.ts';
import { searchServices, type Neighbourhood } from './search.ts';

/** Refuses nothing: what is not found can be typed. @param where not given: every network of this computer */
export async function searchPrinters(
  where?: readonly Neighbourhood[],
  waitMs?: number,
): Promise<readonly FoundPrinter[]> {
  return oncePerDevice(await searchServices(['ipps', 'ipp'], where, waitMs)).map((service) => {
    const { type, name } = service;
    const url = urlOf(type === 'ipps' ? 'ipps' : 'ipp', service, 'ipp/print');
    return { address: { way: 'ipp', url, pin: null }, name, about: aboutOf(service) };
  });
}

export async function searchScanners(
  where?: readonly Neighbourhood[],
  waitMs?: number,
): Promise<readonly FoundScanner[]> {
  return oncePerDevice(await searchServices(['escls', 'escl'], where, waitMs)).map((service) => {
    const { type, name } = service;
    const url = urlOf(type === 'escls' ? 'https' : 'http', service, 'eSCL');
    return { address: { way: 'escl', url, pin: null }, name, about: aboutOf(service) };
  });
}

/** With TLS where the same device has both; papers do not cross the network in the clear then. Services come as they were asked for. */
function oncePerDevice(services: readonly FoundService[]): FoundService[] {
  const secured = (one: FoundService): boolean => one.type === 'ipps' || one.type === 'escls';
  return services
    .filter(
      (one) =>
        secured(one) ||
        !services.some((other) => secured(other) && other.name === one.name && other.address === one.address),
    )
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

function urlOf(protocol: string, { address, port, about }: FoundService, usual: string): string {
  // `rp` of printers, `rs` of scanners: a path without its first stroke. Anything that is no plain path is not followed.
  const said = (about.get(protocol.startsWith('ipp') ? 'rp' : 'rs') ?? '').replace(/^\//, '');
  const path = /^[\w.~/-]{1,100}$/.test(said) && !said.includes('..') ? said : usual;
  return `${protocol}://${address}:${port}/${path}`;
}

/** Make and model, the place where it stands, its address. */
function aboutOf({ name, address, about }: FoundService): string {
  const said = [about.get('ty') ?? '', about.get('note') ?? ''].filter((one) => one !== '' && one !== name);
  return [...said, address].join(' · ');
}
