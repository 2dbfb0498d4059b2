/** Questions to a process that puts load on a server, and its answers. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

type Member<U, K extends PropertyKey> = U extends Readonly<Record<K, infer V>> ? V : never;
type KeyOf<U> = U extends unknown ? keyof U : never;

/** @returns sends a message and resolves with the part of the answer that is named so; rejects when the process ends before */
export function asker<To extends object, From>(child: ChildProcess) {
  return async <K extends KeyOf<From>>(message: To, answer: K): Promise<Member<From, K>> => {
    const ended = new AbortController();
    const exited = once(child, 'exit', { signal: ended.signal }).then(() => {
      throw new Error('the process that puts the load has ended');
    });
    child.send(message);
    const [said] = (await Promise.race([once(child, 'message'), exited])) as [Record<K, Member<From, K>>];
    exited.catch(() => undefined);
    ended.abort();
    return said[answer];
  };
}
