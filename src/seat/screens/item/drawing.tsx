import { useEffect, useRef, useState, type ReactNode } from 'react';
import { pictureOf, type Size } from '../../../exam/paper/picture.ts';
import type { Point } from '../../../exam/paper/shapes.ts';
import { keepFile } from '../agent.ts';
import { useSay } from '../language.tsx';
import { DrawingSheet } from './drawing-sheet.tsx';
import { Group } from './group.tsx';
import { idOf, type InteractionProps } from './interaction.ts';
import { Picture } from './picture.tsx';
import { colours, loaded, pngOf, type Colour, type Drawing, type Stroke } from './strokes.ts';

/** A pause in drawing after which the picture is kept as a file. */
const pauseMs = 700;
const blank: Drawing = { base: null, strokes: [] };

/** Drawing on a picture. The answer is the picture with the drawing, a PNG file that is kept as an uploaded one is. */
export function DrawingInteraction(props: InteractionProps): ReactNode {
  const { element, file, value, onChange } = props;
  const say = useSay();
  const [tool, setTool] = useState<Stroke['tool']>('pen');
  const [colour, setColour] = useState<Colour>('black');
  const [drawing, setDrawing] = useState(blank);
  // Ahead of the state: several moves of a pointer come before the screen is drawn again.
  const latest = useRef(blank);
  const [state, setState] = useState<'idle' | 'saving' | 'failed' | 'elsewhere'>('idle');
  const waiting = useRef<{ timer: number; save: () => void } | null>(null);
  const newest = useRef(0);
  const [before] = useState(() => fileOf(value));
  const picture = pictureOf(element)?.attributes;
  const hint = idOf(props, 'hint');

  useEffect(() => {
    if (before === null) return;
    // What was drawn at another seat is in the room and not here: it stays the answer until something is drawn.
    loaded(`/files/${before}`).then(
      (base) => {
        latest.current = { base, strokes: latest.current.strokes };
        setDrawing(latest.current);
      },
      () => setState('elsewhere'),
    );
  }, [before]);
  useEffect(
    () => () => {
      if (!waiting.current) return;
      clearTimeout(waiting.current.timer);
      waiting.current.save();
    },
    [],
  );

  const show = (next: Drawing): void => {
    latest.current = next;
    setDrawing(next);
  };
  const save = async (size: Size): Promise<void> => {
    waiting.current = null;
    const number = ++newest.current;
    const isNewest = (): boolean => newest.current === number;
    try {
      const png = await pngOf(file(picture?.['src'] ?? picture?.['data'] ?? ''), latest.current, size);
      const kept = await keepFile(png);
      if (!isNewest()) return;
      onChange({ file: kept }, 'chosen');
      setState('idle');
    } catch {
      if (isNewest()) setState('failed');
    }
  };
  const saveSoon = (size: Size): void => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    setState('saving');
    const now = (): void => void save(size);
    waiting.current = { timer: window.setTimeout(now, pauseMs), save: now };
  };
  const begin = (point: Point): void => {
    const { base, strokes } = latest.current;
    show({ base, strokes: [...strokes, { tool, colour, points: [point] }] });
  };
  const go = (point: Point): void => {
    const { base, strokes } = latest.current;
    const last = strokes.at(-1);
    if (last)
      show({ base, strokes: [...strokes.slice(0, -1), { ...last, points: [...last.points, point] }] });
  };
  const empty = (): void => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = null;
    newest.current++;
    show(blank);
    setState('idle');
    onChange(null, 'chosen');
  };
  const undo = (size: Size): void => {
    const { base, strokes } = latest.current;
    if (strokes.length === 0) return;
    if (base === null && strokes.length === 1) return empty();
    show({ base, strokes: strokes.slice(0, -1) });
    saveSoon(size);
  };
  const switches = (name: string, on: boolean, press: () => void): ReactNode => (
    <button type="button" className="piece" aria-pressed={on} onClick={press}>
      {name}
    </button>
  );
  const isBlank = drawing.base === null && drawing.strokes.length === 0;
  return (
    <Group interaction={props} className="drawing">
      <p className="hint" id={hint}>
        {say('drawing.hint')}
      </p>
      <div className="palette" role="group" aria-label={say('drawing.tools')}>
        {switches(say('drawing.pen'), tool === 'pen', () => setTool('pen'))}
        {switches(say('drawing.eraser'), tool === 'eraser', () => setTool('eraser'))}
      </div>
      <div className="palette" role="group" aria-label={say('drawing.colours')}>
        {(Object.keys(colours) as Colour[]).map((one) => (
          <button
            key={one}
            type="button"
            className="piece"
            aria-pressed={tool === 'pen' && colour === one}
            onClick={() => {
              setColour(one);
              setTool('pen');
            }}
          >
            <span className={`ink ${one}`} aria-hidden /> {say(`drawing.${one}`)}
          </button>
        ))}
      </div>
      <Picture
        {...props}
        placed={(size) => (
          <>
            <DrawingSheet
              size={size}
              drawing={drawing}
              describedBy={hint}
              begin={begin}
              go={go}
              end={saveSoon}
            />
            <div className="below">
              <button type="button" aria-disabled={drawing.strokes.length === 0} onClick={() => undo(size)}>
                {say('drawing.undo')}
              </button>
              <button type="button" aria-disabled={isBlank && fileOf(value) === null} onClick={empty}>
                {say('drawing.clear')}
              </button>
            </div>
          </>
        )}
      />
      <p className={state === 'failed' ? 'problem' : 'hint'} role="status">
        {state === 'saving' && say('drawing.saving')}
        {state === 'failed' && say('upload.failed')}
        {state === 'elsewhere' && say('drawing.elsewhere')}
        {state === 'idle' && fileOf(value) !== null && say('drawing.kept')}
      </p>
    </Group>
  );
}

/** Digest of the file that was answered. */
function fileOf(value: InteractionProps['value']): string | null {
  if (typeof value !== 'object' || value === null || !('file' in value)) return null;
  return typeof value.file === 'object' && value.file !== null ? value.file.digest : null;
}
