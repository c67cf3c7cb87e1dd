import { useSearchParams } from 'wouter';

/** Fields that the address of the page keeps, so that Back and Reload do. `initial`: what it need not say. */
export function useAddressFields<Fields extends object>(initial: Fields): [Fields, (fields: Fields) => void] {
  const [params, setParams] = useSearchParams();
  const entries = Object.entries(initial) as [keyof Fields & string, string][];
  const fields = Object.fromEntries(entries.map(([name, value]) => [name, params.get(name) ?? value]));
  const change = (next: Fields) =>
    setParams(
      (kept) => {
        for (const [name, value] of entries) {
          kept.delete(name);
          if (next[name] !== value) {
            kept.set(name, String(next[name]));
          }
        }
        return kept;
      },
      { replace: true },
    );
  return [fields as Fields, change];
}
