import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Spin } from 'antd';
import type { Refusal } from '../../../base/result.ts';
import { refusalOf } from '../../../ui/client.ts';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import type { StationClient } from '../station-page.tsx';

/** More than a screen shows makes a picture sharp on every screen, and none too large for an old computer. */
const mostPixels = 2_200;

/**
 * The page of a task, drawn here and not by the browser's own viewer, which would offer to save and to print it. Fonts that are not in the
 * file are the computer's own; pictures in JPEG 2000 or JBIG2 need what the page's policy forbids, and are left out.
 */
export function PaperPage({ station, task }: { station: StationClient; task: number }): ReactNode {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<'drawing' | 'there' | Refusal>('drawing');
  useEffect(() => {
    let current = true;
    const draw = async (): Promise<void> => {
      const [content, { getDocument }] = await Promise.all([
        station.voice.page({ task }),
        import('unpdf/pdfjs'),
      ]);
      const loading = getDocument({
        data: new Uint8Array(await content.arrayBuffer()),
        useWasm: false,
        useSystemFonts: true,
        disableFontFace: false,
        stopAtErrors: false,
      });
      const paper = await loading.promise;
      const page = await paper.getPage(1);
      const plain = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: mostPixels / Math.max(plain.width, plain.height) });
      if (!current || !canvas.current) return;
      canvas.current.width = Math.round(viewport.width);
      canvas.current.height = Math.round(viewport.height);
      await page.render({ canvas: canvas.current, viewport }).promise;
      await loading.destroy();
      if (current) setState('there');
    };
    setState('drawing');
    draw().catch((error: unknown) => {
      if (current) setState(refusalOf(error));
    });
    return () => {
      current = false;
    };
  }, [station, task]);
  return (
    <div className="voice-paper">
      {state === 'drawing' && <Spin aria-label={t('loading')} />}
      {typeof state === 'object' && <RefusalAlert refusal={state} />}
      <canvas
        ref={canvas}
        className={state === 'there' ? 'voice-page' : 'only-read'}
        aria-label={t('voice.pageOf', { task })}
      />
    </div>
  );
}
