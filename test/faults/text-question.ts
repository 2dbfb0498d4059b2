/** A candidate's text at a seat, to be written over and over while something breaks. */
import { until, type Console, type Contracts } from '../../tools/exam-day/process.ts';

type Seat = Console<Contracts['seat']>;

export interface Question {
  readonly item: string;
  readonly response: string;
  answer(text: string): Promise<void>;
}

export async function textQuestion(seat: Seat): Promise<Question> {
  const { instance } = await seat.call.sitting.paper();
  const found = instance.items.find(({ item }) =>
    item.responses.some(({ cardinality, baseType }) => cardinality === 'single' && baseType === 'string'),
  );
  const response = found?.item.responses.find(({ baseType }) => baseType === 'string')?.identifier;
  if (!found || response === undefined) throw new Error('the sample paper has no text question');
  const item = found.identifier;
  return {
    item,
    response,
    answer: async (text) => void (await seat.call.sitting.answer({ item, responses: { [response]: text } })),
  };
}

/** Waits until the room holds everything that this seat keeps. */
export function keptByRoom(seat: Seat): Promise<unknown> {
  return until('everything kept by the room', async () => {
    const state = await seat.call.state.get();
    return state.pending === 0 && Object.values(state.kept).every((change) => change.kept === 'room');
  });
}
