import { expect, test } from 'vitest';
import { toStream, untilSilent } from './stream.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('what goes on coming is passed on whole; what falls silent breaks off and is no shorter file', async () => {
  const whole = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes('a'));
      controller.enqueue(bytes('b'));
      controller.close();
    },
  });
  expect(await new Response(untilSilent(whole, 60_000)).text()).toBe('ab');
  let cancelled = false;
  const silent = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes('a')),
    cancel: () => void (cancelled = true),
  });
  await expect(new Response(untilSilent(silent, 5)).text()).rejects.toThrow(/nothing came/);
  expect(cancelled).toBe(true);
});

test('an answer that cannot be finished breaks off, and it is said why', async () => {
  const said: unknown[] = [];
  const lost = new Error('the database is away');
  async function* lines(): AsyncGenerator<string> {
    yield 'one\n';
    throw lost;
  }
  await expect(new Response(toStream(lines(), (error) => said.push(error))).text()).rejects.toThrow(
    /database/,
  );
  expect(said).toEqual([lost]);
});
