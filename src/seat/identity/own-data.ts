/** Sets a data folder aside that came from another computer, before anything of it is used. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { computerSchema, sameComputer, type Computer } from './same-computer.ts';

const fileSchema = computerSchema.extend({ format: z.literal(1) });
/** What the person who set the computer up wrote, not the seat. */
const configuration = 'invigil.json';

/**
 * Never deletes: there may be answers in it.
 * @returns where the other computer's data lie now; null: these are this computer's own.
 */
export function keepToThisComputer(data: string, now: Computer): Result<string | null> {
  const file = join(data, 'computer.json');
  const known = existsSync(file) ? readKnown(file) : null;
  try {
    if (known === null || sameComputer(known, now)) {
      writeKnown(data, now.hardware.length > 0 || !known ? now : { ...now, hardware: known.hardware });
      return ok(null);
    }
    const aside = freePath(`${data}-of-another-computer`);
    renameSync(data, aside);
    mkdirSync(data);
    if (existsSync(join(aside, configuration)))
      copyFileSync(join(aside, configuration), join(data, configuration));
    writeKnown(data, now);
    return ok(aside);
  } catch (error) {
    // With its own data, a folder that cannot be written says so better by itself, a moment later.
    return known === null || sameComputer(known, now)
      ? ok(null)
      : refuse({ type: 'data-of-another-computer', path: data, problem: (error as Error).message });
  }
}

/** A damaged file tells nothing, and is written anew. */
function readKnown(file: string): Computer | null {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function writeKnown(data: string, { system, hardware }: Computer): void {
  const text = `${JSON.stringify({ format: 1, system, hardware }, null, 2)}\n`;
  const file = join(data, 'computer.json');
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(data, { recursive: true });
  writeFileSync(`${file}.part`, text, { flush: true });
  renameSync(`${file}.part`, file);
}

function freePath(path: string): string {
  for (let i = 1; ; i++) {
    const one = i === 1 ? path : `${path}-${i}`;
    if (!existsSync(one)) return one;
  }
}
