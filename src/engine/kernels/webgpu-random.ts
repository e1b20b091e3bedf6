/**
 * Threefry-2x32, 20 rounds, in WGSL: word for word numerics/rng (Salmon et al. 2011).
 * `uniform01(key, counter)` is the same float as `fillUniform` gives.
 */
export const threefryWgsl = /* wgsl */ `
fn rotateLeft(x: u32, by: u32) -> u32 { return (x << by) | (x >> (32u - by)); }
fn threefry(key: vec2u, counter: vec2u) -> vec2u {
  let ks = array<u32, 3>(key.x, key.y, 0x1bd11bdau ^ key.x ^ key.y);
  let even = array<u32, 4>(13u, 15u, 26u, 6u);
  let odd = array<u32, 4>(17u, 29u, 16u, 24u);
  var a = counter.x + ks[0];
  var b = counter.y + ks[1];
  for (var i = 0u; i < 5u; i++) {
    for (var r = 0u; r < 4u; r++) {
      a = a + b;
      b = rotateLeft(b, select(odd[r], even[r], (i & 1u) == 0u)) ^ a;
    }
    a = a + ks[(i + 1u) % 3u];
    b = b + ks[(i + 2u) % 3u] + i + 1u;
  }
  return vec2u(a, b);
}
fn uniform01(key: vec2u, counter: vec2u) -> f32 {
  return f32(threefry(key, counter).x >> 8u) * 5.9604644775390625e-8;
}`;
