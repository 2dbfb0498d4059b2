/** The rooms of this network, to choose from instead of typing an address. Looks again for as long as the page is open. */
import { useEffect, useState, type ReactNode } from 'react';
import type { FoundRoomView } from '../../join/contract.ts';
import { agent, refusalOf } from '../agent.ts';
import { useLanguage } from '../language.tsx';

const restMs = 2_000;

export function FoundRooms(props: { chosen: string; onChoose: (address: string) => void }): ReactNode {
  const { say } = useLanguage();
  const rooms = useRooms();
  // Switched off: the address is typed, and nothing is missed.
  if (rooms === null) return null;
  return (
    <fieldset className="found-rooms">
      <legend>{say('rooms.title')}</legend>
      <p role="status">{say(rooms === 'looking' || rooms.length === 0 ? 'rooms.none' : 'rooms.text')}</p>
      {rooms !== 'looking' &&
        rooms.map(({ code, name, address }) => (
          <button
            key={address}
            type="button"
            aria-pressed={address === props.chosen}
            onClick={() => props.onChoose(address)}
          >
            <strong>{code === '' ? say('rooms.unnamed') : code}</strong> {name}
            <span className="soft"> {address}</span>
          </button>
        ))}
    </fieldset>
  );
}

function useRooms(): FoundRoomView[] | 'looking' | null {
  const [rooms, setRooms] = useState<FoundRoomView[] | 'looking' | null>('looking');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const look = async (): Promise<void> => {
      try {
        const found = (await agent.join.rooms()).rooms;
        if (gone) return;
        setRooms(found);
        if (found === null) return;
      } catch (error) {
        // No contact shows as such on the screen; anything else is reported here.
        refusalOf(error);
      }
      if (!gone) timer = setTimeout(() => void look(), restMs);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);
  return rooms;
}
