/** What a network's answers say together: services with address, port and their own description (DNS-SD, RFC 6763). */
import { recordTypes, type DnsQuestion, type DnsRecord, type Name } from './dns-message.ts';

export const serviceTypes = {
  ipp: ['_ipp', '_tcp', 'local'],
  ipps: ['_ipps', '_tcp', 'local'],
  escl: ['_uscan', '_tcp', 'local'],
  escls: ['_uscans', '_tcp', 'local'],
} as const;
export type ServiceType = keyof typeof serviceTypes;

export interface FoundService {
  readonly type: ServiceType;
  /** As its owner calls it. */
  readonly name: string;
  /** IPv4. */
  readonly address: string;
  readonly port: number;
  /** Keys in small letters. */
  readonly about: ReadonlyMap<string, string>;
}

/** A school has some dozens; who announces more is no printer. */
const mostServices = 100;
const mostHosts = 200;
const longestText = 100;

interface Instance {
  readonly type: ServiceType;
  readonly name: Name;
  /** Of the computer that answered. */
  readonly from: string;
  host: Name | null;
  port: number;
  texts: readonly Uint8Array[] | null;
}

/** Put together as answers come; the first word of a service counts. */
export class Services {
  readonly #instances = new Map<string, Instance>();
  readonly #addresses = new Map<string, string>();
  readonly #wanted: readonly ServiceType[];

  constructor(wanted: readonly ServiceType[]) {
    this.#wanted = wanted;
  }

  /** @param isNear an address of this network: others are not taken over */
  take(records: readonly DnsRecord[], from: string, isNear: (address: string) => boolean): void {
    for (const record of records) if (record.is === 'ptr') this.#named(record.to, record.name, from);
    for (const record of records) this.#told(record, isNear);
  }

  /** What is still to be asked to know an address of each. */
  open(): readonly DnsQuestion[] {
    return [...this.#instances.values()].flatMap(({ name, host, texts }): DnsQuestion[] => [
      ...(host === null ? [{ name, type: recordTypes.srv }] : []),
      ...(texts === null ? [{ name, type: recordTypes.txt }] : []),
    ]);
  }

  found(): readonly FoundService[] {
    return [...this.#instances.values()].flatMap(
      ({ type, name, from, host, port, texts }): FoundService[] => {
        if (host === null || port === 0) return [];
        // Most answer for themselves.
        const address = this.#addresses.get(keyOf(host)) ?? from;
        return [{ type, name: plain(name[0] ?? ''), address, port, about: aboutOf(texts ?? []) }];
      },
    );
  }

  #named(name: Name, type: Name, from: string): void {
    const wanted = this.#wanted.find((one) => keyOf(serviceTypes[one]) === keyOf(type));
    // An instance is one label above its type: anything else is named for something else.
    if (wanted === undefined || name.length !== 4 || keyOf(name.slice(1)) !== keyOf(type)) return;
    if (this.#instances.has(keyOf(name)) || this.#instances.size >= mostServices) return;
    this.#instances.set(keyOf(name), { type: wanted, name, from, host: null, port: 0, texts: null });
  }

  #told(record: DnsRecord, isNear: (address: string) => boolean): void {
    const instance = this.#instances.get(keyOf(record.name));
    if (record.is === 'srv' && instance?.host === null) {
      instance.host = record.host;
      instance.port = record.port;
    }
    if (record.is === 'txt' && instance?.texts === null) instance.texts = record.texts;
    if (record.is !== 'a' || !isNear(record.address)) return;
    const host = keyOf(record.name);
    if (!this.#addresses.has(host) && this.#addresses.size < mostHosts)
      this.#addresses.set(host, record.address);
  }
}

/** Names are the same in any case (RFC 1035, 2.3.3), in ASCII. */
const keyOf = (name: Name): string =>
  JSON.stringify(name.map((label) => label.replaceAll(/[A-Z]/g, (one) => one.toLowerCase())));

/** RFC 6763, 6: `key=value`; the first of a key counts. */
function aboutOf(texts: readonly Uint8Array[]): ReadonlyMap<string, string> {
  const about = new Map<string, string>();
  for (const bytes of texts) {
    const text = Buffer.from(bytes).toString('utf8');
    const at = text.indexOf('=');
    const key = text.slice(0, at === -1 ? undefined : at).toLowerCase();
    if (key !== '' && !about.has(key)) about.set(key, at === -1 ? '' : plain(text.slice(at + 1)));
  }
  return about;
}

/** Shown to people: nothing in it may turn a line round. */
function plain(text: string): string {
  return text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .trim()
    .slice(0, longestText);
}
