/** What every role can be told: by arguments, by `invigil.json` in the data folder, or by `INVIGIL_…` variables, in this order of precedence. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { ok, refuse, type Result } from '../base/result.ts';

export const nodeOptionsSchema = z.object({
  data: z.string().min(1),
  /** Address of the console. Loopback by default: the console is used on this computer. */
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65535),
  /** Address on which children (rooms, seats) reach this node over TLS. */
  exchangeHost: z.string().min(1).default('0.0.0.0'),
  /** 0: any free port. By default the console's port plus one. */
  exchangePort: z.coerce.number().int().min(0).max(65535).optional(),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Further host names under which the console may be called, for a console behind a name or a proxy. */
  publicNames: z.array(z.string().min(1)).default([]),
});
/** Of roles that exchange by stick: further folders count as such. */
export const sticksOption = { sticks: z.string().min(1).optional() };
export type NodeOptions = z.infer<typeof nodeOptionsSchema>;

/** @param schema of the role: `nodeOptionsSchema`, extended by what the role adds. */
export function readOptions<S extends z.ZodObject>(
  schema: S,
  given: Record<string, unknown>,
  environment: Readonly<Record<string, string | undefined>>,
): Result<z.infer<S>> {
  const fromEnvironment: Record<string, unknown> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = environment[`INVIGIL_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`];
    if (value !== undefined) fromEnvironment[name] = name === 'publicNames' ? value.split(',') : value;
  }
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const data = said['data'] ?? fromEnvironment['data'];
  const fromFile = typeof data === 'string' ? readFile(join(data, 'invigil.json')) : ok({});
  if (!fromFile.ok) return fromFile;
  const further = said['configuration'] ?? fromEnvironment['configuration'];
  const copied = typeof further === 'string' ? readFile(resolve(further), true) : ok({});
  if (!copied.ok) return copied;
  const parsed = schema.safeParse({ ...copied.value, ...fromFile.value, ...fromEnvironment, ...said });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse({ type: 'bad-option', option: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
  }
  const options = parsed.data as z.infer<S> & { data: string };
  return ok({ ...options, data: resolve(options.data) });
}

function readFile(path: string, mustBeThere = false): Result<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (!mustBeThere && (error as NodeJS.ErrnoException).code === 'ENOENT') return ok({});
    return refuse({ type: 'cannot-read-file', path, problem: (error as Error).message });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return ok(value as Record<string, unknown>);
  } catch {
    // Said below, together with JSON that is no object.
  }
  return refuse({ type: 'bad-configuration-file', path });
}
