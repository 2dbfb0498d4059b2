import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'antd';
import { useText } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';

/** Plays a recording that is fetched when it is asked for. */
export function Playback({ load, label }: { load: () => Promise<Blob>; label: string }): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [playing, setPlaying] = useState<{ audio: HTMLAudioElement; address: string } | null>(null);
  const latest = useRef(playing);
  latest.current = playing;
  const stop = (): void => {
    const now = latest.current;
    if (!now) return;
    now.audio.pause();
    URL.revokeObjectURL(now.address);
    setPlaying(null);
  };
  useEffect(() => stop, []);
  const play = async (): Promise<void> => {
    const address = URL.createObjectURL(await load());
    const audio = new Audio(address);
    audio.addEventListener('ended', stop);
    latest.current = { audio, address };
    setPlaying(latest.current);
    await audio.play();
  };
  return (
    <Button size="large" loading={busy} onClick={() => (playing ? stop() : void run(play))}>
      {playing ? `■ ${t('voice.stopPlaying')}` : `▶ ${label}`}
    </Button>
  );
}
