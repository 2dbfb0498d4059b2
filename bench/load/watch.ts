/**
 * In a thread of its own, so that it feels the room's pauses and not those of the load: says hello and looks at a screen every 100 ms, and tells the
 * longest of each when it is asked to end.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openConnection, type Identity } from './connection.ts';

export interface Watch {
  readonly exchangePort: number;
  readonly identity: Identity;
  readonly hello: string;
  readonly screenUrl: string;
}

export interface Longest {
  readonly heartbeatMsMax: number;
  readonly screenMsMax: number;
}

const { exchangePort, identity, hello, screenUrl } = workerData as Watch;
let watching = true;

async function longest(act: () => Promise<unknown>): Promise<number> {
  let most = 0;
  while (watching) {
    const begun = performance.now();
    await act();
    most = Math.max(most, performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return Math.round(most);
}

const heartbeat = await openConnection(exchangePort, identity);
// The first of each opens what the others use.
const look = async (): Promise<unknown> => (await fetch(screenUrl)).json();
await Promise.all([heartbeat.post('/hello', hello), look()]);
const both = Promise.all([longest(() => heartbeat.post('/hello', hello)), longest(look)]);
parentPort?.once('message', () => {
  watching = false;
  void both.then(([heartbeatMsMax, screenMsMax]) => {
    heartbeat.close();
    parentPort?.postMessage({ heartbeatMsMax, screenMsMax } satisfies Longest);
  });
});
parentPort?.postMessage('ready');
