/** What an installer can be told; opened by a double click it is told nothing. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ok, refuse, type Result } from '../../base/result.ts';
import { languages, type Language } from './texts.ts';

export interface InstallerOptions {
  readonly scope: 'system' | 'user' | null;
  readonly account: string | null;
  readonly into: string | null;
  readonly data: string | null;
  readonly port: number | null;
  readonly language: Language;
  /** Take away instead; data stay. */
  readonly uninstall: boolean;
  /** Its window would close before anybody has read it. */
  readonly wait: boolean;
  readonly help: boolean;
  /** What the seat is started with besides; null: nothing was said, an update keeps what there is. */
  readonly options: readonly string[] | null;
}

/** @param locale of the system, as `zh-CN`. */
export function readInstallerOptions(given: readonly string[], locale: string): Result<InstallerOptions> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        system: { type: 'boolean', default: false },
        user: { type: 'boolean', default: false },
        account: { type: 'string' },
        into: { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string' },
        language: { type: 'string' },
        uninstall: { type: 'boolean', default: false },
        wait: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return refuse({ type: 'bad-call', problem: (error as Error).message });
  }
  const { values, positionals } = parsed;
  const { into, data, port } = values;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_536))
    return refuse({ type: 'bad-call', problem: '--port' });
  if (values.system && values.user) return refuse({ type: 'bad-call', problem: '--system --user' });
  const language = languages.find((one) => (values.language ?? locale).toLowerCase().startsWith(one));
  return ok({
    scope: values.system ? 'system' : values.user ? 'user' : null,
    account: values.account ?? null,
    into: into === undefined ? null : resolve(into),
    data: data === undefined ? null : resolve(data),
    port: port === undefined ? null : Number(port),
    language: language ?? 'en',
    uninstall: values.uninstall,
    wait: values.wait,
    help: values.help,
    options: positionals.length === 0 ? null : positionals,
  });
}
