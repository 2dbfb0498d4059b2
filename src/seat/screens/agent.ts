/** The only way to the seat's agent: its contract, spoken over the screen's own origin. */
import { createORPCClient, ORPCError } from '@orpc/client';
import * as z from 'zod';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Refusal } from '../../base/result.ts';
import type { FileReference } from '../../exam/paper/response.ts';
import type { seatContract } from '../contract.ts';

// Schemas are not compiled at run time: the content security policy allows no eval.
z.config({ jitless: true });

export type Agent = ContractRouterClient<typeof seatContract>;

const headers = { 'x-invigil': '1' };

export const agent: Agent = createORPCClient(new RPCLink({ url: `${location.origin}/rpc`, headers }));

/** For the moment in which the page goes away: the browser finishes these requests without it. */
export const partingAgent: Agent = createORPCClient(
  new RPCLink({
    url: `${location.origin}/rpc`,
    headers,
    fetch: (request, init) => fetch(request, { ...init, keepalive: true }),
  }),
);

/** What was refused and why; no contact with the agent is a refusal, too. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof ORPCError) {
    const { data } = error as { data: unknown };
    if (typeof data === 'object' && data !== null && 'type' in data) return data as Refusal;
    return { type: error.code.toLowerCase() };
  }
  // fetch rejects with a TypeError when nobody answers.
  if (error instanceof TypeError) return { type: 'agent-away' };
  throw error;
}

/** Gives a file to the agent, which keeps it by its digest. Rejects when the agent did not take it. */
export async function keepFile(file: File): Promise<FileReference> {
  const answer = await fetch('/files', {
    method: 'POST',
    // As a file and not as bytes: the browser reads it as it sends it.
    body: file,
    headers: {
      ...headers,
      'content-type': file.type || 'application/octet-stream',
      'x-file-name': encodeURIComponent(file.name),
      'x-file-size': String(file.size),
    },
  });
  if (!answer.ok) throw new Error(`file not kept: ${answer.status}`);
  const { digest } = z.object({ digest: z.string() }).parse(await answer.json());
  return { digest, name: file.name, mediaType: file.type || 'application/octet-stream', size: file.size };
}
