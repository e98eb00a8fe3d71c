import { useEffect, useState } from 'react';

/** The seconds that are left of a wait that began at `since` (ms); 0 when it is over or there is none. */
export function useCountdown(seconds: number | null, since: number): number {
  const end = seconds === null ? 0 : since + seconds * 1_000;
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (end <= Date.now()) return;
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= end) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [end]);
  return Math.max(0, Math.ceil((end - now) / 1_000));
}
