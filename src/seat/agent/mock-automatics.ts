/** What a seat does by itself in a mock exam, as the room orders: signs in, answers what is chosen, hands in. In a formal exam nothing. */
import type { Logger } from 'pino';
import { anyAnswer } from '../../exam/answer/any-answer.ts';
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import type { SeatAgent } from './seat-agent.ts';

/** After a refusal it waits, ms: the room's next word tries again. */
const restMs = 2_000;

export class MockAutomatics {
  readonly #agent: SeatAgent;
  readonly #log: Logger;
  #busy = false;
  #restUntil = 0;
  readonly #stop: () => void;

  constructor(agent: SeatAgent, log: Logger) {
    this.#agent = agent;
    this.#log = log;
    this.#stop = agent.page.changed.subscribe(() => void this.#act());
    void this.#act();
  }

  close(): void {
    this.#stop();
  }

  async #act(): Promise<void> {
    const { order } = this.#agent.word;
    if (this.#busy || !order?.mock || order.automatic === null || performance.now() < this.#restUntil) return;
    this.#busy = true;
    try {
      const refused = await this.#carryOut(order.automatic);
      if (refused !== null) {
        this.#restUntil = performance.now() + restMs;
        this.#log.info({ refusal: refused }, 'not done by itself yet');
        setTimeout(() => void this.#act(), restMs).unref();
      }
    } catch (error) {
      this.#log.error({ err: error }, 'not done by itself');
    } finally {
      this.#busy = false;
    }
  }

  async #carryOut({ signIn, answer, handIn }: NonNullable<SeatOrder['automatic']>): Promise<unknown> {
    const agent = this.#agent;
    const { phase } = agent.page.state();
    if (phase === 'ready' && signIn !== null) {
      for (const step of [
        () => agent.signIn.lookUp(signIn),
        () => agent.signIn.confirm(true),
        () => agent.signIn.rulesRead(),
      ]) {
        const done = await step();
        if (!done.ok) return done.refusal;
      }
      return null;
    }
    if (phase !== 'answering') return null;
    if (answer) {
      const refused = await this.#answerWhatIsOpen();
      if (refused !== null) return refused;
    }
    if (!handIn) return null;
    const done = await agent.handIn();
    return done.ok ? null : done.refusal;
  }

  /** What somebody answered stays as it is. */
  async #answerWhatIsOpen(): Promise<unknown> {
    const paper = this.#agent.paper.forScreen();
    if (!paper.ok) return paper.refusal;
    const { instance, responses: kept } = paper.value;
    for (const { identifier, item } of instance.items) {
      if (kept[identifier] !== undefined) continue;
      const responses = anyAnswer(item, Math.random);
      if (Object.keys(responses).length === 0) continue;
      const done = await this.#agent.answering.answer({ item: identifier, responses });
      if (!done.ok) return done.refusal;
    }
    return null;
  }
}
