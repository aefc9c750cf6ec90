import { expect, test } from 'vitest';
import { qrPicture } from '../src/components/together/qr';
import { onlyHere } from '../src/components/together/reach';

test('a code has its quiet zone, and its three corners', async () => {
  const { size, path } = await qrPicture('http://192.168.1.20:8000/join/abc#def');
  expect((size - 8 - 17) % 4).toBe(0); // 21, 25, 29 … modules
  const first = /^M4 4h7v1H4zM(\d+) 4h/.exec(path);
  expect(first, 'the upper corners').not.toBeNull();
  expect(path).toContain(`M4 ${size - 5}h7v1H4z`);
  expect(path).toContain(`M${size - 11} 4h7v1`);
});

test('a longer address has a larger code', async () => {
  const [short, long] = await Promise.all([qrPicture('a'), qrPicture('a'.repeat(200))]);
  expect(long.size).toBeGreaterThan(short.size);
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.0.1.1', true],
  ['[::1]', true],
  ['192.168.1.20', false],
  ['workshop.test', false],
  ['localhost.example.org', false],
])('%s is reached by this machine alone: %s', (host, alone) => {
  expect(onlyHere(host)).toBe(alone);
});
