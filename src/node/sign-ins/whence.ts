/** From where somebody signs in: the computer's address, and the browser in short words. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';
import type { Whence } from '../console-sessions.ts';

export function whenceOf(c: Context): Whence {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage };
  return {
    address: addressOf(incoming?.socket.remoteAddress, c.req.header('x-forwarded-for')),
    browser: browserWords(c.req.header('user-agent') ?? ''),
  };
}

/**
 * @param peer who is connected; only a proxy on this computer is believed about others: anybody else could name any address.
 * @param forwarded `X-Forwarded-For`; its last entry is the proxy's own word, those before came with the request
 */
export function addressOf(peer: string | undefined, forwarded: string | undefined): string {
  const address = plain(peer ?? '');
  if (address !== '127.0.0.1' && address !== '::1') return address;
  const last = plain(forwarded?.split(',').at(-1)?.trim() ?? '');
  return isIP(last) === 0 ? address : last;
}

/** An IPv4 address is written as one, also when it came through an IPv6 socket. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '');
}

/** The order matters: most browsers also name those that they want to be taken for. */
const browsers: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdgA?\/(\d+)/],
  ['Yandex', /\bYaBrowser\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Firefox', /\bFirefox\/(\d+)/],
  ['Chrome', /\b(?:Headless)?Chrome\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//],
];
const systems: readonly (readonly [string, RegExp])[] = [
  ['Windows', /\bWindows NT\b/],
  ['Android', /\bAndroid\b/],
  ['iPad', /\biPad\b/],
  ['iPhone', /\biPhone\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
];

/** @returns for example `Firefox 140 · Windows`; empty: no browser that is known here. */
export function browserWords(userAgent: string): string {
  const found = browsers.map(([name, pattern]) => [name, pattern.exec(userAgent)?.[1]]);
  const browser = found.find(([, version]) => version !== undefined)?.join(' ');
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0];
  return [browser, system].filter((one) => one !== undefined).join(' · ');
}
