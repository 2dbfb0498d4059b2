/** The console's connection to its own server: operations, files, refusals. */
import { createORPCClient, onError, ORPCError } from '@orpc/client';
import * as z from 'zod';
import { RPCLink } from '@orpc/client/fetch';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import type { Refusal } from '../base/result.ts';
import type { Download, nodeContract } from '../node/contract.ts';
import { watchForPeople } from './attended.ts';
import { signInEnded } from './sign-ins/ended.ts';

// Schemas are not compiled at run time: the content security policy allows no eval.
z.config({ jitless: true });

export type ConsoleClient<T extends AnyContractRouter> = ContractRouterClient<T>;
/** What every console's server offers, whatever its role. */
export type NodeClient = ConsoleClient<typeof nodeContract>;

/** The server refuses posts without this header: a page from elsewhere cannot send it. */
const proofHeader = { 'x-invigil': '1' };

export function createConsoleClient<T extends AnyContractRouter>(): ConsoleClient<T> {
  const attended = watchForPeople(window, () => performance.now());
  return createORPCClient(
    new RPCLink({
      url: `${location.origin}/rpc`,
      headers: () => (attended() ? proofHeader : { ...proofHeader, 'x-invigil-unattended': '1' }),
      interceptors: [
        onError((error) => {
          if (refusalOf(error).type === 'sign-in-ended') signInEnded.tell();
        }),
      ],
    }),
  );
}

function isRefusal(data: unknown): data is Refusal {
  return typeof data === 'object' && data !== null && 'type' in data && typeof data.type === 'string';
}

/** What went wrong, as data for `RefusalText`; also for what no contract foresees. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof ORPCError) {
    if (isRefusal(error.data)) return error.data;
    if (error.code === 'BAD_REQUEST') return { type: 'bad-request' };
    return { type: 'internal-error', code: error.code };
  }
  if (error instanceof TypeError) return { type: 'console-unreachable' };
  return { type: 'internal-error', message: String(error) };
}

/** Carries a refusal of the plain file routes the way operations carry theirs. */
function refused(refusal: Refusal): ORPCError<string, Refusal> {
  return new ORPCError('REFUSED', { status: 422, data: refusal });
}

export interface Progress {
  readonly sent: number;
  readonly total: number;
}

/** Streams a file to the server; resolves with the id that operations take. */
export function uploadFile(file: File, onProgress: (progress: Progress) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/files');
    request.setRequestHeader('x-invigil', '1');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) =>
      onProgress({ sent: event.loaded, total: file.size }),
    );
    request.addEventListener('error', () => reject(refused({ type: 'upload-interrupted' })));
    request.addEventListener('load', () => {
      const answer: unknown = request.response;
      if (request.status === 200 && hasUploadId(answer)) resolve(answer.uploadId);
      else reject(refused(isRefusal(answer) ? answer : { type: 'upload-interrupted' }));
    });
    request.send(file);
  });
}

function hasUploadId(answer: unknown): answer is { uploadId: string } {
  return typeof answer === 'object' && answer !== null && 'uploadId' in answer;
}

/** Hands a file that an operation made to the browser's downloads. */
export function saveDownload(download: Download): void {
  const link = document.createElement('a');
  link.href = `/files/${encodeURIComponent(download.ticket)}`;
  link.download = download.fileName;
  document.body.append(link);
  link.click();
  link.remove();
}
