/** The address of a printer in the network, as people type it or it says itself. */
import { refuse, ok, type Result } from '../../../base/result.ts';
import type { Printer } from '../port.ts';
import { IppPrinter } from './printer.ts';

const usualPath = '/ipp/print';

/** Refusal: `printer-address-unusable`. */
export function openIpp(url: string, pin: string | null): Result<Printer> {
  const unusable = refuse({ type: 'printer-address-unusable', address: url });
  // `ipp:` is no scheme whose parts URL takes apart, and 631 is its port (RFC 3510, RFC 7472).
  const found = /^(ipps?|https?):\/\/([^/?#]+)(\/[^?#]*)?$/i.exec(url);
  if (!found) return unusable;
  const [, scheme = '', host = '', path] = found;
  const [ipp, secure] = [/^ipp/i.test(scheme), /s$/i.test(scheme)];
  const web = `${secure ? 'https' : 'http'}://${host}${ipp && !/:\d+$/.test(host) ? ':631' : ''}`;
  if (!URL.canParse(web)) return unusable;
  const parsed = new URL(web);
  if (parsed.username !== '' || parsed.password !== '') return unusable;
  const at = path === undefined || path === '/' ? usualPath : path;
  return ok(
    new IppPrinter(
      { way: 'ipp', url, pin },
      { url: new URL(at, parsed).href, pin: secure ? pin : null },
      `${secure ? 'ipps' : 'ipp'}://${ipp && parsed.port === '' ? `${parsed.host}:631` : parsed.host}${at}`,
    ),
  );
}
