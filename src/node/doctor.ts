/**
 * What the status bar shows, told to whoever works at this computer's terminal (`invigil doctor`). The way to it stands in a file that only the
 * account of the service reads, with a token: a browser cannot read it, nor can another account or computer.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call } from '@orpc/server';
import type { AnyRouter } from '@orpc/server';
import type { Hono } from 'hono';
import * as z from 'zod';
import { toHex, utf8 } from '../base/bytes.ts';
import { randomBytes } from '../base/ids.ts';
import { sameSecret } from '../trust/digest.ts';
import type { OperationContext } from './operations.ts';

export const doctorFile = 'doctor.json';
export const doctorPath = '/doctor';

/** Content of the file. */
export const doctorWaySchema = z.object({ port: z.number().int(), token: z.string() });

export interface Doctor {
  /** To be called when the port is known. */
  announce(port: number): void;
  close(): void;
}

/** @param data the role's data folder @param context of nobody: what is shown is the same for all */
export function serveDoctor(app: Hono, router: AnyRouter, data: string, context: OperationContext): Doctor {
  const token = toHex(randomBytes(32));
  const path = join(data, doctorFile);
  const { frame } = router as { frame: Parameters<typeof call>[0] };
  app.get(doctorPath, async (c) => {
    const given = c.req.header('authorization') ?? '';
    if (!sameSecret(utf8(given), utf8(`Bearer ${token}`))) return c.json({ type: 'sign-in-needed' }, 401);
    return c.json(await call(frame, undefined, { context }));
  });
  return {
    announce: (port) =>
      writeFileSync(path, JSON.stringify({ port, token } satisfies z.infer<typeof doctorWaySchema>), {
        mode: 0o600,
      }),
    close: () => rmSync(path, { force: true }),
  };
}
