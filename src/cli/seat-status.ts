/** `invigil seat status`: what the seat's program on this computer says of itself. */
import type { Command } from 'commander';
import { endWith, sayRefusal } from './say.ts';
import type { SeatStatus } from '../seat/status/contract.ts';

interface Given {
  readonly data?: string;
  readonly port?: string;
  readonly json?: boolean;
}

/** @param seat the command that runs a seat; `status` stands below it. */
export function registerSeatStatus(seat: Command, usualPort: number): void {
  seat
    .command('status')
    .description('how the seat of this computer is: number, room, connection, what is kept')
    .option('--data <folder>', 'data folder of the seat (data/seat)')
    .option('--port <number>', `port of its page (${usualPort})`)
    .option('--json', 'for programs')
    .action(async ({ json, ...given }: Given) => {
      const { seatOptionsSchema } = await import('../seat/main.ts');
      const { readOptions } = await import('../node/options.ts');
      const options = readOptions(
        seatOptionsSchema.extend({ port: seatOptionsSchema.shape.port.default(usualPort) }),
        { data: 'data/seat', ...given },
        process.env,
      );
      if (!options.ok) endWith(options.refusal, json);
      const { port } = options.value;
      const status = await ask(port);
      if (status === null) endWith({ type: 'seat-not-running', port }, json);
      if (json) console.log(JSON.stringify(status, null, 2));
      else for (const line of lines(status, port)) console.log(line);
    });
}

async function ask(port: number): Promise<SeatStatus | null> {
  const { seatStatusSchema } = await import('../seat/status/contract.ts');
  try {
    // A seat whose disk refuses answers, too: with status 503.
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(10_000) });
    return seatStatusSchema.safeParse(await answer.json()).data ?? null;
  } catch {
    return null;
  }
}

function lines(status: SeatStatus, port: number): string[] {
  const { room, failing } = status;
  const link = room?.online
    ? 'connected'
    : `not connected${room?.problem ? `: ${sayRefusal(room.problem)}` : ''}`;
  return [
    `Seat      ${status.seatNumber ?? 'no number yet'} (${status.phase})`,
    `Room      ${room ? `${room.code || 'without a code'} at ${room.address}, ${link}` : 'none yet'}`,
    `Kept      ${status.kept} entries, ${status.pending} of them not with the room yet`,
    ...(failing ? [`Disk      refuses: ${sayRefusal(failing)}`] : []),
    `Computer  ${status.computer}, ${Math.round(status.freeBytes / 1e9)} GB free, data in ${status.data}`,
    `Version   ${status.version}`,
    `Help      ${status.supportPhone ?? 'the invigilator of the room'}`,
    `Page      http://127.0.0.1:${port}/#status`,
  ];
}
