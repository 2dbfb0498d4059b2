/** The only way to the seat's agent: its contract, spoken over the screen's own origin. */
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Refusal } from '../../base/result.ts';
import type { FileReference } from '../../exam/paper/response.ts';
import type { KeptChange, seatContract } from '../contract.ts';
import { isBrowserProblem, provePage, tellBrowserProblem } from './exam-browser.ts';
import type { Sending } from './answering/answer-keeper.ts';

export type Agent = ContractRouterClient<typeof seatContract>;

const headers = { 'x-invigil': '1' };

/** The cookie that says "this page came from the agent" is gone or another one after the agent was set up anew: the page asks for it again. */
async function fetchAsScreen(request: Request | string, init: RequestInit): Promise<Response> {
  const again = typeof request === 'string' ? request : request.clone();
  const answer = await fetch(request, init);
  if (answer.status !== 403) {
    tellBrowserProblem(null);
    return answer;
  }
  const { type } = (await answer.clone().json()) as { type?: unknown };
  if (isBrowserProblem(type)) {
    const problem = await provePage(headers);
    // Its headers say more than the page does: there is a Safe Exam Browser, with other settings.
    tellBrowserProblem(problem === null ? null : type === 'exam-browser-needed' ? problem : type);
    if (problem !== null) return answer;
  } else if (type === 'screen-only') await fetch('/', { cache: 'no-store' });
  else return answer;
  return fetch(again, init);
}

function link(options: RequestInit) {
  return new RPCLink({
    url: `${location.origin}/rpc`,
    headers,
    fetch: (request, init) => fetchAsScreen(request, { ...init, ...options }),
  });
}

export const agent: Agent = createORPCClient(link({}));

/** For the moment in which the page goes away: the browser finishes these requests without it. */
const partingAgent: Agent = createORPCClient(link({ keepalive: true }));

/** Names this page among the screens of the seat. */
const screen = crypto.randomUUID();

export async function sendAnswer(
  work: string,
  { item, responses, number }: Sending,
  signal?: AbortSignal,
): Promise<KeptChange> {
  return agent.sitting.answer({ item, responses, from: { work, screen, number } }, signal ? { signal } : {});
}

/** The page goes away, so nobody waits for what becomes of it. */
export function sendParting(work: string, { item, responses, number }: Sending): void {
  partingAgent.sitting.answer({ item, responses, from: { work, screen, number } }).catch(() => undefined);
}

/** What was refused and why; no contact with the agent is a refusal, too. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof ORPCError) {
    const { data } = error as { data: unknown };
    if (typeof data === 'object' && data !== null && 'type' in data) return data as Refusal;
    return { type: error.code.toLowerCase() };
  }
  // fetch rejects with a TypeError when nobody answers, and with these when nobody answers in time.
  const late = error instanceof DOMException && ['TimeoutError', 'AbortError'].includes(error.name);
  if (!late && !(error instanceof TypeError)) reportError(error);
  return { type: 'agent-away' };
}

/** Gives a file to the agent, which keeps it by its digest. Rejects when the agent did not take it. */
export async function keepFile(file: File): Promise<FileReference> {
  const answer = await fetchAsScreen('/files', {
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
  const { digest } = (await answer.json()) as { digest: string };
  return { digest, name: file.name, mediaType: file.type || 'application/octet-stream', size: file.size };
}
