namespace EmbeddedCluster.Programs;

/// <summary>A published archive (<c>.tar.gz</c>) that holds a program.</summary>
/// <param name="Address">Where it is published.</param>
/// <param name="Sha256">Its checksum as published with it: 64 hexadecimal digits.</param>
/// <param name="Entry">The program's path inside it.</param>
public sealed record ReleaseArchive(Uri Address, string Sha256, string Entry);
