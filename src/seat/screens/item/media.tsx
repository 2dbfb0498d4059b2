import { useRef, useState, type ReactNode } from 'react';
import { descendants } from '../../../exam/paper/element.ts';
import { useSay } from '../language.tsx';
import { limitOf, listOf, promptOf, type InteractionProps } from './interaction.ts';

/** A recording that may be played a limited number of times; each play is a change of the response, so a reload does not give it back. */
export function Media({ element, value, onChange, content, file }: InteractionProps): ReactNode {
  const say = useSay();
  const player = useRef<HTMLMediaElement>(null);
  const [playing, setPlaying] = useState(false);
  const played = Number(listOf(value)[0] ?? 0);
  const most = limitOf(element, 'max-plays');
  const over = most > 0 && played >= most;
  const prompt = promptOf(element);
  const found = [...descendants(element)];
  const video = found.some((one) => one.name === 'video');
  const source = found.find(
    (one) => one.attributes['src'] !== undefined || one.attributes['data'] !== undefined,
  );
  const src = file(source?.attributes['src'] ?? source?.attributes['data'] ?? '');
  const play = (): void => {
    onChange(String(played + 1), 'chosen');
    setPlaying(true);
    void player.current?.play();
  };
  const shared = { src, onEnded: () => setPlaying(false), 'aria-label': say('media.label') };
  return (
    <div className="media">
      {prompt && content(prompt)}
      {video ? (
        <video ref={player as React.RefObject<HTMLVideoElement>} {...shared} />
      ) : (
        <audio ref={player as React.RefObject<HTMLAudioElement>} {...shared} />
      )}
      <button type="button" disabled={playing || over} onClick={play}>
        ▶ {say(playing ? 'media.playing' : over ? 'media.over' : 'media.play')}
      </button>
      {most > 0 && !over && <span className="hint">{say('media.left', { left: most - played })}</span>}
    </div>
  );
}
