/** What is decided in the viewer: one after the other, each naming what was seen before, and turning kept once the page stands still. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { App } from 'antd';
import type { Refusal } from '../../../../base/result.ts';
import { refusalOf } from '../../../../ui/client.ts';
import { useText } from '../../../../ui/text.ts';
import type { ScanView, TakenDecision } from '../../../scans/review/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';

export type Rotation = ScanView['rotation'];

/** From one press of an arrow to the next. */
const turnedForMs = 600;

interface Of {
  centre: CentreClient;
  projectId: string;
  view: ScanView | null;
  set: (view: ScanView) => void;
  reload: () => void;
  onChanged: () => void;
}

export interface Decisions {
  /** Of what was tried last. */
  readonly refusal: Refusal | null;
  readonly forget: () => void;
  /** @returns the page as it is then; null: refused, and shown why. */
  readonly decide: (decision: TakenDecision) => Promise<ScanView | null>;
  readonly rotation: Rotation;
  readonly turn: (by: 90 | -90) => void;
  /** What was deleted last in this viewer comes back. */
  readonly undo: (() => Promise<ScanView | null>) | null;
}

interface Deleted {
  readonly id: string;
  readonly seq: number;
}

export function useDecisions({ centre, projectId, view, set, reload, onChanged }: Of): Decisions {
  const t = useText();
  const { message } = App.useApp();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [turned, setTurned] = useState<{ id: string; rotation: Rotation } | null>(null);
  const [deleted, setDeleted] = useState<readonly Deleted[]>([]);
  /** Sent, or to be sent: the next one waits for it. */
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const seen = useRef(new Map<string, number>());
  const waiting = useRef<{ timer: number; keep: () => void } | null>(null);
  if (view) seen.current.set(view.id, Math.max(view.seq, seen.current.get(view.id) ?? 0));

  const send = useCallback(
    (id: string, decision: TakenDecision): Promise<ScanView | null> => {
      const sent = before.current.then(async () => {
        setRefusal(null);
        try {
          const known = seen.current.get(id) ?? 0;
          const now = await centre.scan.decide({ projectId, scanId: id, seen: known, decision });
          seen.current.set(id, now.seq);
          if (decision.what === 'deleted') setDeleted((all) => [...all, { id, seq: now.seq }]);
          else if (decision.what === 'restored') setDeleted((all) => all.filter((one) => one.id !== id));
          set(now);
          onChanged();
          return now;
        } catch (error) {
          const said = refusalOf(error);
          setRefusal(said);
          setTurned(null);
          if (said.type === 'scan-changed-meanwhile') reload();
          return null;
        }
      });
      before.current = sent;
      return sent;
    },
    [centre, projectId, set, reload, onChanged],
  );

  const keepTurn = (): void => {
    const one = waiting.current;
    if (!one) return;
    waiting.current = null;
    clearTimeout(one.timer);
    one.keep();
  };
  const leave = useRef(keepTurn);
  leave.current = keepTurn;
  const id = view?.id;
  // Whoever goes on or closes the viewer has turned it all the same.
  useEffect(() => () => leave.current(), [id]);

  const rotation = view === null ? 0 : turned?.id === view.id ? turned.rotation : view.rotation;
  const last = deleted.at(-1);
  return {
    refusal,
    forget: () => setRefusal(null),
    decide(decision) {
      keepTurn();
      return view === null ? Promise.resolve(null) : send(view.id, decision);
    },
    rotation,
    turn(by) {
      if (view === null) return;
      const next = ((rotation + by + 360) % 360) as Rotation;
      setTurned({ id: view.id, rotation: next });
      if (waiting.current) clearTimeout(waiting.current.timer);
      const page = view.id;
      waiting.current = {
        timer: window.setTimeout(() => leave.current(), turnedForMs),
        keep: () => void send(page, { what: 'turned', rotation: next }),
      };
    },
    undo:
      last === undefined
        ? null
        : async () => {
            const back = await send(last.id, { what: 'restored' });
            if (back) void message.success(t('scanReview.restored', { name: back.name }));
            return back;
          },
  };
}
