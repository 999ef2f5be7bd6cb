using CsCheck;

namespace AugmentedOS.Engine.Tests.Executions.Deliveries;

/// <summary>Whatever order, repetition, refusal and loss do to what runs tell each other, the outcome fits together.</summary>
public sealed class RandomFamilyTests
{
    [Fact]
    public void Family_WhateverHappensToItsDeliveries_EndsUpConsistent() =>
        Gen.Byte.Array[20, 400].Sample(
            choices =>
            {
                using var family = new RandomFamily(choices);
                family.Live();
            },
            iter: 2000);
}
